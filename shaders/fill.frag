#version 330 core
// Backgrounds, straight lines, cursors: drawn without blending, so a translucent one replaces.
#include "quad_in.glsl"

void main() {
    pixel = premultiplied(color, 1.0);
}
