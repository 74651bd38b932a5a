#include "../unpack.h"

KERNEL void consilium_unpack_rows(float *y, ptrdiff_t stride, const consilium_frozen *w, ptrdiff_t first,
                                  ptrdiff_t count, float factor) {
    nf4_table table;
    consilium_make_nf4_table(&table, w);
    for (ptrdiff_t r = first; r < first + count; r++, y += stride) {
        unpack(y, w, &table, r, 0, w->columns);
        if (factor != 1)
            for (ptrdiff_t i = 0; i < w->columns; i++) y[i] *= factor;
    }
}
