// The nonlinearities of feed-forward layers and their derivatives. The numbers are those of `Activation` in Swift.
#pragma once
#include "device.h"

constexpr int ACTIVATION_SILU = 0, ACTIVATION_GELU = 1, ACTIVATION_GELU_TANH = 2, ACTIVATION_RELU = 3;

DEVICE float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

DEVICE void activate_with_slope(int kind, float x, float *value, float *slope) {
    const float root = 0.79788456080286536f;  // sqrt(2 / pi)
    switch (kind) {
    case ACTIVATION_SILU: {
        const float s = sigmoid(x);
        *value = x * s;
        *slope = s + x * s * (1.0f - s);
        break;
    }
    case ACTIVATION_GELU: {
        const float distribution = 0.5f * erfcf(-x * 0.70710678118654752f);
        *value = x * distribution;
        *slope = distribution + x * 0.39894228040143268f * expf(-0.5f * x * x);
        break;
    }
    case ACTIVATION_GELU_TANH: {
        // (1 + tanh u) / 2 = sigmoid(2u)
        const float s = sigmoid(2.0f * root * x * (1.0f + 0.044715f * x * x));
        *value = x * s;
        *slope = s + x * s * (1.0f - s) * 2.0f * root * (1.0f + 3.0f * 0.044715f * x * x);
        break;
    }
    case ACTIVATION_RELU:
        // A NaN stays one.
        *value = x <= 0.0f ? 0.0f : x;
        *slope = x <= 0.0f ? 0.0f : x == x ? 1.0f : x;
        break;
    default: {
        const float y = tanhf(x);
        *value = y;
        *slope = 1.0f - y * y;
    }
    }
}

DEVICE float activate(int kind, float x) {
    float value, slope;
    activate_with_slope(kind, x, &value, &slope);
    return value;
}
