// What every quad has: where it goes and what it takes. One instance is one quad (render/paint.py: QUAD).
// Positions are canvas pixels, y down; the canvas is stored top row first, so y isn't flipped here.

layout(location = 0) in vec4 rect;        // x, y, width, height [px]
layout(location = 1) in vec2 source_in;   // glyphs: top left texel; lines: phase and period [px]
layout(location = 2) in uvec2 detail_in;  // glyphs: (layer, colour page?); lines: (style, thickness [px])
layout(location = 3) in vec4 color_in;    // straight alpha

uniform vec4 transform;  // pixel → clip: scale, then offset; stretches a double-size row, too

flat out vec2 source;
flat out uvec2 detail;
flat out vec4 color;  // premultiplied
out vec2 at;  // pixel within the quad, from its top left

void place_quad() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    at = corner * rect.zw;
    gl_Position = vec4((rect.xy + at) * transform.xy + transform.zw, 0.0, 1.0);
    source = source_in;
    detail = detail_in;
    color = vec4(color_in.rgb * color_in.a, color_in.a);
}
