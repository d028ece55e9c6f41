#version 330 core
// Straight lines and cursors.
#include "quad_in.glsl"

void main() {
    pixel = color;
}
