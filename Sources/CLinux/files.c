// What stat(2) does not tell of files.
#include "clinux.h"

#include <linux/magic.h>
#include <sys/vfs.h>

bool cl_is_sizeless(const char *path) {
  struct statfs system;
  if (statfs(path, &system) != 0) return false;
  return system.f_type == PROC_SUPER_MAGIC || system.f_type == SYSFS_MAGIC;
}
