#version 330 core
// Emoji: the atlas holds premultiplied colours, of the quad only alpha counts.
#include "quad_in.glsl"

uniform sampler2DArray color_pages;

void main() {
    pixel = texelFetch(color_pages, ivec3(source + at, detail.x), 0) * color.a;
}
