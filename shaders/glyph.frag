#version 330 core
// Text: the atlas holds coverage, the quad the colour.
#include "quad_in.glsl"

uniform sampler2DArray coverage_pages;

void main() {
    pixel = color * texelFetch(coverage_pages, ivec3(source + at, detail.x), 0).r;
}
