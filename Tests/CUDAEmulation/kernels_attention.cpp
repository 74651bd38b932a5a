// The kernels that are compiled for one padded head size each.
#include "../../Sources/CUDAKernels/kernels/attention_tiles.h"
#include "../../Sources/CUDAKernels/kernels/scores.h"

#define HEAD_SIZE 32
namespace forward_32 {
#include "../../Sources/CUDAKernels/kernels/attention_forward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 64
namespace forward_64 {
#include "../../Sources/CUDAKernels/kernels/attention_forward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 80
namespace forward_80 {
#include "../../Sources/CUDAKernels/kernels/attention_forward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 96
namespace forward_96 {
#include "../../Sources/CUDAKernels/kernels/attention_forward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 128
namespace forward_128 {
#include "../../Sources/CUDAKernels/kernels/attention_forward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 256
namespace forward_256 {
#include "../../Sources/CUDAKernels/kernels/attention_forward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 32
namespace backward_32 {
#include "../../Sources/CUDAKernels/kernels/attention_backward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 64
namespace backward_64 {
#include "../../Sources/CUDAKernels/kernels/attention_backward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 80
namespace backward_80 {
#include "../../Sources/CUDAKernels/kernels/attention_backward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 96
namespace backward_96 {
#include "../../Sources/CUDAKernels/kernels/attention_backward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 128
namespace backward_128 {
#include "../../Sources/CUDAKernels/kernels/attention_backward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME

#define HEAD_SIZE 256
namespace backward_256 {
#include "../../Sources/CUDAKernels/kernels/attention_backward.cu"
}
#undef HEAD_SIZE
#undef PASTE
#undef NAME
