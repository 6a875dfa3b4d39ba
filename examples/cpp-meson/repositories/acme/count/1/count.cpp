#include "count.hpp"

#ifdef COUNT_LOUD
#error "somebody wants silence"
#endif

int count_words(const char* text) {
  int words = 0;
  for (bool in_word = false; *text != '\0'; ++text) {
    if (*text != ' ' && !in_word) ++words;
    in_word = *text != ' ';
  }
  return words;
}
