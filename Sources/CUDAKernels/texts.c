#include "cuda_kernels.h"

// `if_empty` and the 0 behind keep the arrays valid strings.
#define TEXT(symbol) static const char symbol[] = {
#define END , 0}

TEXT(device)
#embed "kernels/device.h" if_empty(0)
END;
TEXT(activation)
#embed "kernels/activation.h" if_empty(0)
END;
TEXT(vectors)
#embed "kernels/vectors.h" if_empty(0)
END;
TEXT(formats)
#embed "kernels/formats.h" if_empty(0)
END;
TEXT(scores)
#embed "kernels/scores.h" if_empty(0)
END;
TEXT(tile_f32)
#embed "kernels/tile_f32.h" if_empty(0)
END;
TEXT(tile_bf16)
#embed "kernels/tile_bf16.h" if_empty(0)
END;
TEXT(attention_tiles)
#embed "kernels/attention_tiles.h" if_empty(0)
END;
TEXT(elementwise)
#embed "kernels/elementwise.cu" if_empty(0)
END;
TEXT(rows)
#embed "kernels/rows.cu" if_empty(0)
END;
TEXT(rounded)
#embed "kernels/rounded.cu" if_empty(0)
END;
TEXT(norms)
#embed "kernels/norms.cu" if_empty(0)
END;
TEXT(frozen)
#embed "kernels/frozen.cu" if_empty(0)
END;
TEXT(gemm_f32)
#embed "kernels/gemm_f32.cu" if_empty(0)
END;
TEXT(gemm_bf16)
#embed "kernels/gemm_bf16.cu" if_empty(0)
END;
TEXT(lora_bf16)
#embed "kernels/lora_bf16.cu" if_empty(0)
END;
TEXT(attention_f32)
#embed "kernels/attention_f32.cu" if_empty(0)
END;
TEXT(attention_forward)
#embed "kernels/attention_forward.cu" if_empty(0)
END;
TEXT(attention_backward)
#embed "kernels/attention_backward.cu" if_empty(0)
END;
TEXT(cross_entropy)
#embed "kernels/cross_entropy.cu" if_empty(0)
END;
TEXT(training)
#embed "kernels/training.cu" if_empty(0)
END;

#define NAMED(file, symbol) {file, symbol, sizeof symbol - 1}

static const cuda_text headers[] = {
    NAMED("device.h", device),     NAMED("activation.h", activation), NAMED("formats.h", formats),
    NAMED("scores.h", scores),     NAMED("tile_f32.h", tile_f32),     NAMED("tile_bf16.h", tile_bf16),
    NAMED("vectors.h", vectors),   NAMED("attention_tiles.h", attention_tiles),
};

#define MODULE(symbol, kernels) {#symbol, NAMED(#symbol ".cu", symbol), "", kernels}
#define FORMATS(prefix, suffix)                                                                                \
    prefix "float32" suffix " " prefix "float16" suffix " " prefix "bfloat16" suffix " " prefix "int8" suffix  \
           " " prefix "nf4" suffix " "
#define FORWARD(size)                                                                                          \
    {"attention_forward_" #size, NAMED("attention_forward.cu", attention_forward), "-DHEAD_SIZE=" #size,       \
     "attention_forward_" #size " "}
#define BACKWARD(size)                                                                                         \
    {"attention_backward_" #size, NAMED("attention_backward.cu", attention_backward), "-DHEAD_SIZE=" #size,    \
     "attention_backward_q_" #size " attention_backward_kv_" #size " "}

static const cuda_module modules[] = {
    MODULE(elementwise,
           "vector_add vector_sum vector_scale vector_add_scaled vector_fill add_bias copy_rows convert_bfloat16 "
           "convert_float32 convert_heads rotary gated_forward gated_backward activation_forward "
           "activation_backward softcap "),
    MODULE(rows,
           "gather_rows scatter_rows scatter_add_rows row_products column_sums_partial column_sums_final "),
    MODULE(rounded,
           "vector_sum_bf16 add_bias_bf16 copy_rows_bf16 convert_heads_bf16 gather_rows_bf16 scatter_rows_bf16 "
           "rotary_bf16 gated_forward_bf16 gated_backward_bf16 activation_forward_bf16 activation_backward_bf16 "
           "attention_delta_bf16 "),
    MODULE(norms, "norm_forward norm_backward norm_forward_bf16 norm_backward_bf16 norm_weight_partial "),
    MODULE(frozen, FORMATS("unpack_", "_bfloat16") FORMATS("unpack_", "_float32") FORMATS("gather_", "")
                       FORMATS("gemv_", "")),
    MODULE(gemm_f32, "gemm_f32_nt gemm_f32_nn gemm_f32_tn gemm_f32_split gemm_split_final "),
    MODULE(gemm_bf16,
           "gemm_nt_float32 gemm_nn_float32 gemm_tn_float32 gemm_nt_bfloat16 gemm_nn_bfloat16 gemm_tn_bfloat16 "),
    MODULE(lora_bf16, "gemm_narrow_nt gemm_narrow_nn lora_gradient_bf16_partial lora_gradient_place place_factor "),
    MODULE(attention_f32,
           "attention_forward_f32 attention_delta attention_backward_q_f32 attention_backward_kv_f32 "
           "attention_branches attention_decode_partial attention_decode_final "),
    MODULE(cross_entropy, "cross_entropy "),
    MODULE(training,
           "squared_norm_partial squared_norm_final clip_factors accumulate_clipped adamw lora_gradient_partial "
           "lora_gradient_final "),
    FORWARD(32), FORWARD(64), FORWARD(80), FORWARD(96), FORWARD(128), FORWARD(256),
    BACKWARD(32), BACKWARD(64), BACKWARD(80), BACKWARD(96), BACKWARD(128), BACKWARD(256),
};

int64_t cuda_module_count(void) { return sizeof modules / sizeof *modules; }

const cuda_module *cuda_module_at(int64_t index) {
    return index >= 0 && index < cuda_module_count() ? &modules[index] : NULL;
}

int64_t cuda_header_count(void) { return sizeof headers / sizeof *headers; }

const cuda_text *cuda_header_at(int64_t index) {
    return index >= 0 && index < cuda_header_count() ? &headers[index] : NULL;
}
