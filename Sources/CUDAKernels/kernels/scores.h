// From the product of a query and a key to its score and the gradient of the softmax.
#pragma once
#include "device.h"

/// cap · tanh(score / cap), or the score where `cap` is 0.
DEVICE float capped_score(float score, float cap) { return cap != 0.0f ? cap * tanhf(score / cap) : score; }

/// The probability of a key, and the derivative of its capped score with respect to the product of query and key.
struct ScoreGradient {
    float p, slope;
};

/// `score` is already scaled.
DEVICE ScoreGradient score_gradient(float score, float scale, float cap, float lse) {
    float slope = scale;
    if (cap != 0.0f) {
        const float t = tanhf(score / cap);
        score = cap * t;
        slope *= 1.0f - t * t;
    }
    return ScoreGradient{expf(score - lse), slope};
}
