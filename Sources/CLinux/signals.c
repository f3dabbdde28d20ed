#define _GNU_SOURCE
#include "clinux.h"

#include <string.h>

const char *cl_signal_name(int signal) { return sigabbrev_np(signal); }
