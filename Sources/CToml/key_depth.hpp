// Finds keys of too many parts: toml++ 3.3 makes tables in one another of any number, and takes them away by recursion.
#ifndef CTOML_KEY_DEPTH_HPP
#define CTOML_KEY_DEPTH_HPP
#include <string_view>

#include "include/ctoml.h"

namespace ctoml {

// Walks over a text as far as strings and comments are concerned: a dot in these joins no keys.
class KeyDepth {
 public:
  explicit KeyDepth(std::string_view text) : text(text) {}

  // Whether a key has more parts than `most`; its place is then that of the part too many.
  bool exceeds(unsigned most) {
    unsigned parts = 1;
    while (at < text.size()) {
      switch (text[at]) {
      case '.':
        if (++parts > most) return true;
        step();
        break;
      case '\n': case '=': case ',': case '[': case '{':
        parts = 1;
        step();
        break;
      case '#':
        while (at < text.size() && text[at] != '\n') step();
        break;
      case '"': case '\'':
        skip_string(text[at]);
        break;
      default:
        step();
      }
    }
    return false;
  }

  CTomlPlace place = {1, 1};

 private:
  std::string_view text;
  size_t at = 0;

  void step() {
    if (text[at] == '\n') {
      place.line++;
      place.column = 1;
    } else if (at + 1 >= text.size() || (text[at + 1] & 0xc0) != 0x80) {
      place.column++;
    }
    at++;
  }

  bool has(char quote, size_t count) const {
    for (size_t i = 0; i < count; i++)
      if (at + i >= text.size() || text[at + i] != quote) return false;
    return true;
  }

  void skip_string(char quote) {
    bool is_long = has(quote, 3);
    size_t width = is_long ? 3 : 1;
    for (size_t i = 0; i < width; i++) step();
    while (at < text.size() && !has(quote, width)) {
      if (text[at] == '\n' && !is_long) return;
      if (text[at] == '\\' && quote == '"') step();
      if (at < text.size()) step();
    }
    // Up to two quotes of a text of several lines stand right before those that end it.
    for (size_t i = 0; i < (is_long ? 5 : 1) && has(quote, 1); i++) step();
  }
};

}  // namespace ctoml

#endif
