#include "../panels.h"

enum { AHEAD = 8 };

int32_t consilium_products_are_fast(void) {
#if defined(__x86_64__) && defined(__linux__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#elif defined(__aarch64__)
    return 1;
#else
    return 0;
#endif
}

static ptrdiff_t rows_up(ptrdiff_t rows) { return (rows + TILE_ROWS - 1) / TILE_ROWS * TILE_ROWS; }

ptrdiff_t consilium_multiply_scratch(ptrdiff_t rows) {
    return rows_up(rows < BLOCK_ROWS ? rows : BLOCK_ROWS) * DEPTH + 16 + BLOCK_COLUMNS * DEPTH +
           TILE_COLUMNS * DEPTH;
}

/// Panels of TILE_ROWS rows of A, transposed: panels[i / 6][p][i % 6].
KERNEL static void pack_a(float *panels, const consilium_product *product, ptrdiff_t row, ptrdiff_t rows,
                          ptrdiff_t start, ptrdiff_t depth) {
    const ptrdiff_t stride = product->a_stride;
    for (ptrdiff_t i = 0; i < rows; i += TILE_ROWS, panels += TILE_ROWS * depth) {
        const ptrdiff_t count = rows - i < TILE_ROWS ? rows - i : TILE_ROWS;
        if (product->a_transposed)
            pack_rows(panels, TILE_ROWS, product->a + start * stride + row + i, stride, count, depth);
        else if (count == TILE_ROWS)
            pack_transposed(panels, TILE_ROWS, product->a + (row + i) * stride + start, stride, TILE_ROWS, depth);
        else
            pack_transposed(panels, TILE_ROWS, product->a + (row + i) * stride + start, stride, count, depth);
    }
}

/// Panels of TILE_COLUMNS columns of B: panels[j / 16][p][j % 16]. `rows` is memory for sixteen unpacked rows.
KERNEL static void pack_b(float *panels, const consilium_product *product, ptrdiff_t column, ptrdiff_t columns,
                          ptrdiff_t start, ptrdiff_t depth, float *rows) {
    nf4_table table;
    if (product->w) consilium_make_nf4_table(&table, product->w);
    if (product->b_transposed) {
        for (ptrdiff_t j = 0; j < columns; j += TILE_COLUMNS, panels += TILE_COLUMNS * depth) {
            const ptrdiff_t count = columns - j < TILE_COLUMNS ? columns - j : TILE_COLUMNS;
            const float *from = rows;
            ptrdiff_t stride = depth;
            if (product->w) {
                for (ptrdiff_t i = 0; i < count; i++)
                    unpack(rows + i * depth, product->w, &table, column + j + i, start, depth);
            } else {
                from = product->b + (column + j) * product->b_stride + start;
                stride = product->b_stride;
            }
            if (count == TILE_COLUMNS) {
                pack_transposed(panels, TILE_COLUMNS, from, stride, 8, depth);
                pack_transposed(panels + 8, TILE_COLUMNS, from + 8 * stride, stride, 8, depth);
            } else {
                pack_transposed(panels, TILE_COLUMNS, from, stride, count < 8 ? count : 8, depth);
                pack_transposed(panels + 8, TILE_COLUMNS, from + 8 * stride, stride, count < 8 ? 0 : count - 8, depth);
            }
        }
        return;
    }
    for (ptrdiff_t p = 0; p < depth; p++) {
        const float *from = rows;
        if (product->w) {
            unpack(rows, product->w, &table, start + p, column, columns);
        } else {
            from = product->b + (start + p) * product->b_stride + column;
            // The rows lie far from each other: the processor does not see that they are read in order.
            if (p + AHEAD < depth)
                for (ptrdiff_t j = 0; j < columns; j += 16) __builtin_prefetch(from + AHEAD * product->b_stride + j);
        }
        float *to = panels + p * TILE_COLUMNS;
        ptrdiff_t j = 0;
        for (; j + TILE_COLUMNS <= columns; j += TILE_COLUMNS, to += TILE_COLUMNS * depth) {
            STORE8(to, LOAD8(from + j));
            STORE8(to + 8, LOAD8(from + j + 8));
        }
        if (j < columns)
            for (ptrdiff_t i = 0; i < TILE_COLUMNS; i++) to[i] = j + i < columns ? from[j + i] : 0;
    }
}

/// Cache lines of B that the next block needs, row by row.
typedef struct {
    const float *row;
    ptrdiff_t stride, rows, width, column;
} upcoming;

enum { LINE = 16 };

/// Asks for some more of them, so that reading weights from memory overlaps with the work on the block before.
INLINE void fetch(upcoming *next, ptrdiff_t lines) {
    for (; lines > 0 && next->rows > 0; lines--) {
        __builtin_prefetch(next->row + next->column, 0, 2);
        next->column += LINE;
        if (next->column >= next->width) {
            next->column = 0;
            next->row += next->stride;
            next->rows--;
        }
    }
}

/// The part of B that `pack_b` will read for these columns and terms; nothing for formats that are unpacked.
static upcoming block_of_b(const consilium_product *product, ptrdiff_t column, ptrdiff_t columns, ptrdiff_t start,
                           ptrdiff_t depth) {
    if (product->w) return (upcoming){0};
    const ptrdiff_t stride = product->b_stride;
    return product->b_transposed ? (upcoming){product->b + column * stride + start, stride, columns, depth, 0}
                                 : (upcoming){product->b + start * stride + column, stride, depth, columns, 0};
}

/// c [rows, columns] from panels of both sides.
KERNEL static void multiply_panels(float *c, ptrdiff_t stride, const float *a, const float *b, ptrdiff_t rows,
                                   ptrdiff_t columns, ptrdiff_t depth, float alpha, int32_t accumulate,
                                   upcoming next) {
    const ptrdiff_t tiles = (columns + TILE_COLUMNS - 1) / TILE_COLUMNS * ((rows + TILE_ROWS - 1) / TILE_ROWS);
    const ptrdiff_t lines = tiles > 0 ? next.rows * ((next.width + LINE - 1) / LINE) / tiles + 1 : 0;
    for (ptrdiff_t j = 0; j < columns; j += TILE_COLUMNS)
        for (ptrdiff_t i = 0; i < rows; i += TILE_ROWS) {
            float *to = c + i * stride + j;
            fetch(&next, lines);
            if (rows - i >= TILE_ROWS && columns - j >= TILE_COLUMNS) {
                multiply_tile(to, stride, a + i * depth, 1, TILE_ROWS, b + j * depth, depth, alpha, accumulate);
                continue;
            }
            float tile[TILE_ROWS * TILE_COLUMNS];
            const ptrdiff_t height = rows - i < TILE_ROWS ? rows - i : TILE_ROWS;
            const ptrdiff_t width = columns - j < TILE_COLUMNS ? columns - j : TILE_COLUMNS;
            // Through a full tile in both cases: the same operations, thus the same bits, as inside.
            for (ptrdiff_t y = 0; y < TILE_ROWS; y++)
                for (ptrdiff_t x = 0; x < TILE_COLUMNS; x++)
                    tile[y * TILE_COLUMNS + x] = accumulate && y < height && x < width ? to[y * stride + x] : 0;
            multiply_tile(tile, TILE_COLUMNS, a + i * depth, 1, TILE_ROWS, b + j * depth, depth, alpha, accumulate);
            for (ptrdiff_t y = 0; y < height; y++)
                for (ptrdiff_t x = 0; x < width; x++) to[y * stride + x] = tile[y * TILE_COLUMNS + x];
        }
}

void consilium_multiply(const consilium_product *product, consilium_part part, float *scratch) {
    const ptrdiff_t total = part.last_row - part.first_row;
    const ptrdiff_t blocks = (total + BLOCK_ROWS - 1) / BLOCK_ROWS;
    const ptrdiff_t height = blocks > 0 ? rows_up((total + blocks - 1) / blocks) : 0;
    const ptrdiff_t step = even_depth(product->k, DEPTH);
    float *a = scratch, *b = a + height * DEPTH + 16, *rows = b + BLOCK_COLUMNS * DEPTH;
    for (ptrdiff_t i = part.first_row; i < part.last_row; i += height) {
        const ptrdiff_t count = part.last_row - i < height ? part.last_row - i : height;
        // Also once for k = 0, to write the zeros.
        for (ptrdiff_t p = 0; p == 0 || p < product->k; p += step) {
            const ptrdiff_t depth = product->k - p < step ? product->k - p : step;
            pack_a(a, product, i, count, p, depth);
            for (ptrdiff_t j = part.first_column; j < part.last_column; j += BLOCK_COLUMNS) {
                const ptrdiff_t columns = part.last_column - j < BLOCK_COLUMNS ? part.last_column - j : BLOCK_COLUMNS;
                pack_b(b, product, j, columns, p, depth, rows);
                // The block behind this one: more columns, or the next terms of the first.
                const ptrdiff_t more = j + columns < part.last_column;
                const ptrdiff_t column = more ? j + columns : part.first_column, first = more ? p : p + depth;
                const ptrdiff_t left = part.last_column - column, terms = product->k - first;
                const upcoming next =
                    terms > 0 ? block_of_b(product, column, left < BLOCK_COLUMNS ? left : BLOCK_COLUMNS, first,
                                           terms < step ? terms : step)
                              : (upcoming){0};
                multiply_panels(product->c + i * product->c_stride + j, product->c_stride, a, b, count, columns, depth,
                                product->alpha, product->accumulate || p > 0, next);
            }
        }
    }
}
