// A fragment's share of its quad; the meaning of source and detail is the draw call's (quad.glsl).

flat in vec2 source;
flat in uvec2 detail;
flat in vec4 color;
in vec2 at;

out vec4 pixel;  // premultiplied

vec4 premultiplied(vec4 straight, float coverage) {
    return vec4(straight.rgb, 1.0) * (straight.a * coverage);
}
