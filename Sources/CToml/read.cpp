#include <algorithm>
#include <new>
#include <string>
#include <vector>

#include "include/ctoml.h"
#include "key_depth.hpp"
#include "library.hpp"

struct CTomlOwner {
  toml::table table;
  std::vector<CTomlValue> values;
  std::string message;
};

namespace {

static_assert(CTOML_DEPTH == TOML_MAX_NESTED_VALUES);

CTomlPlace place_of(const toml::source_region &source) { return {source.begin.line, source.begin.column}; }

CTomlText text_of(std::string_view text) { return {text.data(), text.size()}; }

bool is_before(CTomlPlace a, CTomlPlace b) {
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}

CTomlValue value_of(const toml::node &node) {
  CTomlValue value = {};
  value.place = place_of(node.source());
  value.kind = CTomlKindOther;
  if (auto table = node.as_table()) {
    value.kind = CTomlKindTable;
    value.count = table->size();
  } else if (auto array = node.as_array()) {
    value.kind = CTomlKindArray;
    value.count = array->size();
  } else if (auto text = node.as_string()) {
    value.kind = CTomlKindText;
    value.text = text_of(text->get());
  } else if (auto integer = node.as_integer()) {
    value.kind = CTomlKindInteger;
    value.integer = integer->get();
  } else if (auto boolean = node.as_boolean()) {
    value.kind = CTomlKindBoolean;
    value.integer = boolean->get();
  }
  return value;
}

void add(std::vector<CTomlValue> &values, const toml::node &node, CTomlValue value) {
  values.push_back(value);
  if (auto array = node.as_array()) {
    for (const auto &item : *array) add(values, item, value_of(item));
  } else if (auto table = node.as_table()) {
    std::vector<std::pair<CTomlValue, const toml::node *>> entries;
    for (const auto &[key, item] : *table) {
      CTomlValue entry = value_of(item);
      entry.key = text_of(key.str());
      entry.key_place = place_of(key.source());
      entries.push_back({entry, &item});
    }
    std::sort(entries.begin(), entries.end(), [](const auto &a, const auto &b) {
      return is_before(a.first.key_place, b.first.key_place);
    });
    for (const auto &[entry, item] : entries) add(values, *item, entry);
  }
}

CTomlReading mistake(CTomlPlace place, std::string_view message, CTomlOwner *owner) {
  return {nullptr, 0, place, text_of(message), owner};
}

CTomlReading read(std::string_view text) {
  ctoml::KeyDepth depth(text);
  if (depth.exceeds(CTOML_DEPTH)) return mistake(depth.place, "a key has too many parts", nullptr);
  auto owner = new CTomlOwner();
  try {
    owner->table = toml::parse(text);
    add(owner->values, owner->table, value_of(owner->table));
    return {owner->values.data(), owner->values.size(), {}, {}, owner};
  } catch (const toml::parse_error &error) {
    owner->message = error.description();
    return mistake(place_of(error.source()), owner->message, owner);
  } catch (...) {
    delete owner;
    throw;
  }
}

}  // namespace

CTomlReading ctoml_read(const char *bytes, size_t count) {
  try {
    return read({bytes ? bytes : "", bytes ? count : 0});
  } catch (const std::bad_alloc &) {
    return mistake({1, 1}, "there is not enough memory to read it", nullptr);
  } catch (...) {
    return mistake({1, 1}, "it cannot be read", nullptr);
  }
}

void ctoml_free(CTomlReading reading) { delete reading.owner; }
