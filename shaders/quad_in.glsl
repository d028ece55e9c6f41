// A fragment's share of its quad; the meaning of source and detail is the draw call's (quad.glsl).

flat in vec2 source;
flat in uvec2 detail;
flat in vec4 color;  // premultiplied
in vec2 at;

out vec4 pixel;  // premultiplied
