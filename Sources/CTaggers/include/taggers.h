// The hot loops of the learned tagger, a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001), and
// the models that are compiled into the program.
//
// Matrices are row-major with a row length `stride` (a multiple of 8, at least the number of labels, at most 64). What
// lies behind the last label in a row is 0.
#ifndef CONSILIUM_TAGGERS_H
#define CONSILIUM_TAGGERS_H

#include <stddef.h>
#include <stdint.h>

// 64 buckets of the feature hash: which of them have a row of weights, and the index of the first one's row.
typedef struct {
    uint64_t bits;
    uint32_t rank;
    uint32_t unused;
} tagger_cell;

// scores[t] = scale * sum of the weight rows of the features offsets[t] ..< offsets[t + 1] of token t. Buckets are hash
// values below 64 * number of cells. A token has at most 255 features, so that the sums fit 16 bits.
void tagger_scores_int8(const tagger_cell *cells, const int8_t *weights, int32_t stride, float scale,
                        const uint32_t *buckets, const int32_t *offsets, int32_t tokens, float *scores);

// The same with full weights and rows instead of buckets; a row below 0 counts nothing.
void tagger_scores_float(const float *weights, int32_t stride, const int32_t *rows, const int32_t *offsets,
                         int32_t tokens, float *scores);

// Forward-backward. Returns the logarithm of the partition function (natural), or a NaN if no path is allowed.
//   scores       [tokens, stride] of each label at each token
//   transitions  [labels, stride], exponentiated: row = from, column = to; 0 = impossible
//   transposed   the same, transposed
//   start        [stride], exponentiated, for the first token
//   allowed      one bit for each label at each token, or NULL for all
//   marginals    [tokens, stride], out: the probability of each label at each token
//   pairs        [labels, stride] or NULL: the expected number of each transition is added
//   work         3 * tokens * stride floats
double tagger_marginals(const float *scores, const float *transitions, const float *transposed, const float *start,
                        int32_t labels, int32_t stride, int32_t tokens, const uint64_t *allowed, float *marginals,
                        float *pairs, float *work);

// One AdaGrad step (Duchi, Hazan, Singer 2011) on the rows of the features of all tokens, with an L2 penalty on the rows
// that occur. Tokens whose gradient is nearly 0 are skipped.
void tagger_update(float *weights, float *squares, int32_t stride, const int32_t *rows, const int32_t *offsets,
                   int32_t tokens, const float *gradient, float rate, float penalty);

// The context network: sums of table rows, residual convolutions of three tokens, scores. `channels` is a multiple of 16, at
// most 128; a row of a matrix of tokens has as many floats.
//
// states[t] = max(0, bias + scale * sum of the table rows offsets[t] ..< offsets[t + 1]); at most 255 rows a token.
void tagger_context_sums(const int8_t *table, const float *scale, const float *bias, int32_t channels,
                         const uint16_t *rows, const int32_t *offsets, int32_t tokens, float *states);

// out[t] = in[t] + max(0, bias + weights x (in[t - reach], in[t], in[t + reach])). Before `in` lie `reach` rows of zeros,
// behind its tokens `reach` + 3; `out` has place for 3 more rows, which are set to 0 where they are touched.
//   weights  [3, channels in, channels out]
void tagger_context_layer(const float *weights, const float *bias, int32_t channels, int32_t reach, int32_t tokens,
                          const float *in, float *out);

// scores[t] = own * scores[t] + share * (bias + states[t] x weights)
//   weights  [channels, stride]
void tagger_context_scores(const float *weights, const float *bias, int32_t channels, int32_t stride, int32_t tokens,
                           const float *states, float own, float share, float *scores);

// The bytes of the bundled model of a language ("en", "es"); NULL and 0 if there is none.
const uint8_t *tagger_bundled(const char *language, size_t *length);

#endif
