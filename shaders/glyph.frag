#version 330 core
// Text: the atlas holds coverage, the quad the colour.
#include "quad_in.glsl"

uniform sampler2DArray coverage_pages;

void main() {
    float coverage = texelFetch(coverage_pages, ivec3(source + at, detail.x), 0).r;
    pixel = premultiplied(color, coverage);
}
