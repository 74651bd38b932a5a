// cuBLASLt for what is asked of it here: bf16 operands, float32 result, column-major, naive.
#include "internal.h"
#include <stdlib.h>
#include <string.h>

enum { INVALID_VALUE = 7, NOT_SUPPORTED = 15, EXECUTION_FAILED = 13 };
enum { FLOAT32 = 0, BFLOAT16 = 14, COMPUTE_FLOAT32 = 68 };
enum { PROPOSALS = 3, PROPOSAL_BYTES = 96, MARK = 0x4c54 };

typedef struct {
    int transpose_a;
    int transpose_b;
} operation;

typedef struct {
    int type;
    uint64_t rows;
    uint64_t columns;
    int64_t stride;
} layout;

static size_t cublasLtGetVersion(void) { return 130000; }

static int cublasLtCreate(void **handle) {
    *handle = malloc(1);
    return 0;
}

static int cublasLtDestroy(void *handle) {
    free(handle);
    return 0;
}

static int cublasLtMatmulDescCreate(void **result, int compute, int scale) {
    if (compute != COMPUTE_FLOAT32 || scale != FLOAT32) return NOT_SUPPORTED;
    *result = calloc(1, sizeof(operation));
    return 0;
}

static int cublasLtMatmulDescSetAttribute(void *value, int attribute, const void *data, size_t size) {
    if (size != 4) return INVALID_VALUE;
    int number;
    memcpy(&number, data, 4);
    if (attribute == 3) ((operation *)value)->transpose_a = number;
    else if (attribute == 4) ((operation *)value)->transpose_b = number;
    else return INVALID_VALUE;
    return 0;
}

static int cublasLtMatmulDescDestroy(void *value) {
    free(value);
    return 0;
}

static int cublasLtMatrixLayoutCreate(void **result, int type, uint64_t rows, uint64_t columns, int64_t stride) {
    if (stride < (int64_t)rows || rows == 0 || columns == 0) return INVALID_VALUE;
    layout *made = malloc(sizeof(layout));
    *made = (layout){type, rows, columns, stride};
    *result = made;
    return 0;
}

static int cublasLtMatrixLayoutDestroy(void *value) {
    free(value);
    return 0;
}

static int cublasLtMatmulPreferenceCreate(void **result) {
    *result = malloc(1);
    return 0;
}

static int cublasLtMatmulPreferenceSetAttribute(void *value, int attribute, const void *data, size_t size) {
    (void)data;
    return value && (attribute == 1 ? size == 8 : attribute >= 5 && attribute <= 8 && size == 4) ? 0 : INVALID_VALUE;
}

static int cublasLtMatmulPreferenceDestroy(void *value) {
    free(value);
    return 0;
}

static int cublasLtMatmulAlgoGetHeuristic(
    void *handle, void *operation, void *a, void *b, void *c, void *d, void *preference, int asked, void *results,
    int *found) {
    *found = 0;
    if (!handle || !operation || !preference || c != d) return INVALID_VALUE;
    if (((layout *)a)->type != BFLOAT16 || ((layout *)b)->type != BFLOAT16 ||
        (((layout *)c)->type != FLOAT32 && ((layout *)c)->type != BFLOAT16))
        return NOT_SUPPORTED;
    if (cuda_fakes()->matmul_proposes_nothing) return NOT_SUPPORTED;
    for (int i = 0; i < PROPOSALS && i < asked; i++) {
        uint64_t *proposal = (uint64_t *)((char *)results + i * PROPOSAL_BYTES);
        memset(proposal, 0, PROPOSAL_BYTES);
        proposal[0] = MARK + (uint64_t)i;
        ++*found;
    }
    return 0;
}

static float number(const void *data, int type, uint64_t index) {
    if (type == FLOAT32) return ((const float *)data)[index];
    uint32_t bits = (uint32_t)((const uint16_t *)data)[index] << 16;
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

/// Rounded to the nearest, ties to even.
static void store(void *data, int type, uint64_t index, float value) {
    if (type == FLOAT32) {
        ((float *)data)[index] = value;
        return;
    }
    uint32_t bits;
    memcpy(&bits, &value, 4);
    if ((bits & 0x7fffffff) > 0x7f800000) bits = 0x7fc00000;
    else bits += 0x7fff + ((bits >> 16) & 1);
    ((uint16_t *)data)[index] = (uint16_t)(bits >> 16);
}

static float element(const void *data, const layout *x, int transposed, uint64_t row, uint64_t column) {
    uint64_t index = transposed ? column + row * (uint64_t)x->stride : row + column * (uint64_t)x->stride;
    return number(data, BFLOAT16, index);
}

typedef struct {
    operation o;
    layout a, b, d;
    const void *left, *right;
    const void *old;
    void *result;
    float alpha, beta;
} product;

static int multiply(const void *data) {
    const product *p = data;
    const uint64_t inner = p->o.transpose_a ? p->a.rows : p->a.columns;
    for (uint64_t column = 0; column < p->d.columns; column++) {
        for (uint64_t row = 0; row < p->d.rows; row++) {
            float sum = 0;
            for (uint64_t k = 0; k < inner; k++) {
                sum += element(p->left, &p->a, p->o.transpose_a, row, k) *
                       element(p->right, &p->b, p->o.transpose_b, k, column);
            }
            uint64_t index = row + column * (uint64_t)p->d.stride;
            const float old = p->beta == 0 ? 0 : p->beta * number(p->old, p->d.type, index);
            store(p->result, p->d.type, index, p->alpha * sum + old);
        }
    }
    return 0;
}

static int cublasLtMatmul(
    void *handle, void *operation_value, const float *alpha, uint64_t a, void *a_layout, uint64_t b, void *b_layout,
    const float *beta, uint64_t c, void *c_layout, uint64_t d, void *d_layout, const void *algorithm,
    uint64_t workspace, size_t workspace_size, void *stream) {
    cuda_fake_state *state = cuda_fakes();
    if (!handle || !algorithm || *(const uint64_t *)algorithm - MARK >= PROPOSALS || !workspace || !workspace_size)
        return INVALID_VALUE;
    if (state->matmul_fails) return EXECUTION_FAILED;
    // What the real one demands of bf16 operands.
    if (a % 16 || b % 16) return NOT_SUPPORTED;
    const operation *o = operation_value;
    const layout *x = a_layout, *y = b_layout, *z = d_layout;
    if ((x->stride % 8) || (y->stride % 8) || c_layout != d_layout) return NOT_SUPPORTED;
    uint64_t inner = o->transpose_a ? x->rows : x->columns;
    if (inner != (o->transpose_b ? y->columns : y->rows) || z->rows != (o->transpose_a ? x->columns : x->rows) ||
        z->columns != (o->transpose_b ? y->rows : y->columns))
        return INVALID_VALUE;
    state->multiplications++;
    const product p = {
        *o, *x, *y, *z, (const void *)(uintptr_t)a, (const void *)(uintptr_t)b, (const void *)(uintptr_t)c,
        (void *)(uintptr_t)d, *alpha, *beta};
    return fake_enqueue(stream, multiply, &p, sizeof p) ? EXECUTION_FAILED : 0;
}

const fake_symbol fake_matmul_symbols[] = {
    FAKE(cublasLtGetVersion), FAKE(cublasLtCreate), FAKE(cublasLtDestroy), FAKE(cublasLtMatmulDescCreate),
    FAKE(cublasLtMatmulDescSetAttribute), FAKE(cublasLtMatmulDescDestroy), FAKE(cublasLtMatrixLayoutCreate),
    FAKE(cublasLtMatrixLayoutDestroy), FAKE(cublasLtMatmulPreferenceCreate),
    FAKE(cublasLtMatmulPreferenceSetAttribute), FAKE(cublasLtMatmulPreferenceDestroy),
    FAKE(cublasLtMatmulAlgoGetHeuristic), FAKE(cublasLtMatmul), {0, 0},
};
