#ifndef CONSILIUM_NOISE_RDP_H
#define CONSILIUM_NOISE_RDP_H

/// log of the sum over k from 2 to `order` of exp(total - factorial[k] - factorial[order-k] + term[k]); the order is below
/// consilium_noise_rdp_factorials.
double consilium_noise_rdp_log_sum(const double *factorial, const double *term, double total, int order);

#endif
