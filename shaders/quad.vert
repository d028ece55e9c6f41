#version 330 core
#include "quad.glsl"

void main() {
    place_quad();
}
