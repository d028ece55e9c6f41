#version 330 core
// Underlines that are not straight: source = (phase, period) [px], detail = (SGR 4 style, thickness [px]).
// The phase counts from the grid's left edge, so the pattern doesn't jump where a run of cells is cut.
#include "quad_in.glsl"

const uint CURLY = 3u;
const uint DOTTED = 4u;
const float TAU = 6.283185307179586;

uniform float height;  // of the band that a curl fills [px]

float curly(float x, float y, float thickness) {
    // One wave a cell. Distance to the curve is vertical distance over the slope's length: near enough
    // for waves this flat, and exact on crests, where the eye looks.
    float amplitude = 0.5 * (height - thickness - 0.5);
    float turn = TAU * x / source.y;
    float middle = 0.5 * height - amplitude * cos(turn);
    float slope = amplitude * TAU / source.y * sin(turn);
    float away = abs(y - middle) / sqrt(1.0 + slope * slope);
    return clamp(0.5 * thickness + 0.5 - away, 0.0, 1.0);
}

float dotted(float x, float thickness) {
    return step(mod(x, 2.0 * thickness), thickness);
}

float dashed(float x) {
    // Half a cell on, centred on the boundary of two cells, so that dashes join across it.
    float part = fract(x / source.y);
    return step(0.25, abs(part - 0.5));
}

void main() {
    // Interpolation rounds differently at each place of the canvas, but a row must look the same wherever
    // it is drawn. Fragments lie half a pixel inside, a quarter in rows of double size.
    vec2 here = round(at * 4.0) / 4.0;
    float x = source.x + here.x;
    float thickness = float(detail.y);
    float coverage = detail.x == CURLY ? curly(x, here.y, thickness)
        : detail.x == DOTTED ? dotted(x, thickness) : dashed(x);
    pixel = color * coverage;
}
