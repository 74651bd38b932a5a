#include "kernels.h"
void consilium_placeholder(void) {}
