#version 330 core
// Backgrounds are a picture with one texel for each cell, stretched over the grid.
// source = first texel, detail = texels across and down.
#include "quad.glsl"

uniform sampler2D cells;

out vec2 texel;

void main() {
    place_quad();
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    texel = (source + corner * vec2(detail)) / vec2(textureSize(cells, 0));
}
