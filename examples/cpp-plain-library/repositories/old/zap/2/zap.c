#include <stdio.h>

int zap(char* line, int size) {
  (void)size;
  return gets(line) != 0;
}
