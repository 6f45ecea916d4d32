// What goes in comes out, on both engines.

#include <gmock/gmock.h>

#include <optional>
#include <string>

#include "backend/tests/support/databases.h"

namespace tms::db {
namespace {

class Values : public tests::DatabaseTest {
 protected:
  void SetUp() override { execute(kCreateTable); }
  void TearDown() override { execute(kDropTable); }

  static constexpr Statement kCreateTable{
      "test_create_values",
      "create table test_values (id bigint primary key, number bigint, words text, key uuid)",
      "create table test_values (id integer primary key, number integer, words text, key blob)"
      " strict"};
  static constexpr Statement kDropTable{"test_drop_values", "drop table test_values"};
  static constexpr Statement kInsert{"test_insert_value",
                                     "insert into test_values (id, number, words, key)"
                                     " values ($1, $2, $3, $4)"};
  static constexpr Statement kSelect{"test_select_value",
                                     "select number, words, key from test_values where id = $1"};
  /// $2 stands before $1: SQLite would number them the other way round.
  static constexpr Statement kSwapped{"test_swapped_placeholders",
                                      "insert into test_values (number, id, words)"
                                      " values ($2, $1, cast($3 as text))"};

  std::string text_of(int id) {
    std::string text;
    database().read(
        [&](Transaction& transaction) {
          transaction.query(
              kSelect, [&](const Row& row) { text = row.text(1); }, id);
        },
        tests::soon());
    return text;
  }
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         Values,
                         testing::ValuesIn(tests::engines_under_test()),
                         tests::engine_name);

TEST_P(Values, come_back_as_they_were_stored) {
  const auto id = core::Uuid::parse("0190a6b0-7c00-7abc-8def-0123456789ab").value();
  execute(kInsert, 1, std::int64_t{-9007199254740993}, "words", id);

  std::size_t rows = 0;
  database().read(
      [&](Transaction& transaction) {
        rows = transaction.query(
            kSelect,
            [&](const Row& row) {
              EXPECT_EQ(row.integer(0), -9007199254740993);
              EXPECT_EQ(row.text(1), "words");
              EXPECT_EQ(row.uuid(2), id);
              EXPECT_FALSE(row.is_null(0));
            },
            1);
      },
      tests::soon());
  EXPECT_EQ(rows, 1U);
}

TEST_P(Values, keep_the_ends_of_the_integer_range) {
  for (const std::int64_t number : {INT64_MIN, INT64_MAX}) {
    execute(kInsert, number, number, "", nullptr);
    EXPECT_EQ(integer(kSelect, number), number);
  }
}

TEST_P(Values, may_be_null) {
  execute(kInsert, 1, nullptr, std::optional<std::string>(), std::optional<core::Uuid>());

  database().read(
      [&](Transaction& transaction) {
        transaction.query(
            kSelect,
            [&](const Row& row) {
              EXPECT_TRUE(row.is_null(0));
              EXPECT_TRUE(row.is_null(1));
              EXPECT_TRUE(row.is_null(2));
              EXPECT_THROW((void)row.integer(0), std::logic_error);
              EXPECT_THROW((void)row.text(1), std::logic_error);
              EXPECT_THROW((void)row.uuid(2), std::logic_error);
            },
            1);
      },
      tests::soon());
}

TEST_P(Values, know_an_empty_text_from_null) {
  execute(kInsert, 1, 0, std::string_view(), nullptr);

  database().read(
      [&](Transaction& transaction) {
        transaction.query(
            kSelect,
            [&](const Row& row) {
              EXPECT_FALSE(row.is_null(1));
              EXPECT_EQ(row.text(1), "");
            },
            1);
      },
      tests::soon());
}

TEST_P(Values, keep_every_script_quote_and_backslash) {
  const std::string text = "Zoë's \"naïve\" \\ 日本語 🦜 e\u0301\n\t%_$1";
  execute(kInsert, 1, 0, text, nullptr);
  EXPECT_EQ(text_of(1), text);
}

TEST_P(Values, keep_a_long_text) {
  const std::string text(200'000, 'x');
  execute(kInsert, 1, 0, text, nullptr);
  EXPECT_EQ(text_of(1), text);
}

TEST_P(Values, go_to_the_placeholder_of_their_number) {
  execute(kSwapped, 1, 2, "three");
  EXPECT_EQ(integer(kSelect, 1), 2);
  EXPECT_EQ(text_of(1), "three");
}

TEST_P(Values, are_counted) {
  EXPECT_ANY_THROW(execute(kInsert, 1, 2));
  EXPECT_ANY_THROW(execute(kInsert, 1, 2, "three", nullptr, 5));
}

TEST_P(Values, of_a_column_that_is_not_there_are_refused) {
  execute(kInsert, 1, 0, "", nullptr);
  database().read(
      [&](Transaction& transaction) {
        transaction.query(
            kSelect,
            [&](const Row& row) {
              EXPECT_THROW((void)row.integer(3), std::logic_error);
              EXPECT_THROW((void)row.integer(-1), std::logic_error);
              EXPECT_THROW((void)row.integer(1), std::logic_error) << "a text is no number";
            },
            1);
      },
      tests::soon());
}

}  // namespace
}  // namespace tms::db
