// The certificate of a PostgreSQL server is checked: its root and its name.

#include <gmock/gmock.h>

#include <memory>
#include <string>

#include "backend/db/postgres/postgres_database.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/postgres_cluster.h"
#include "backend/tests/support/postgres_server.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::db {
namespace {

constexpr Statement kUsesTls{"test_uses_tls", R"sql(
select case when ssl then 1 else 0 end
from pg_stat_ssl
where pid = pg_backend_pid())sql"};

class PostgresTls : public testing::Test {
 protected:
  // Starting a server takes a second or two; one serves all of these tests.
  static void SetUpTestSuite() {
    if (!tests::postgres_server_url()) return;
    folder_ = std::make_unique<tests::TemporaryFolder>();
    ours_ = tests::make_certificate(folder_->path(), "ours", "DNS:db.example");
    other_ = tests::make_certificate(folder_->path(), "other", "DNS:db.example");
    cluster_ = std::make_unique<tests::PostgresCluster>();
    cluster_->use_tls(ours_);
  }
  static void TearDownTestSuite() {
    cluster_.reset();
    folder_.reset();
  }
  void SetUp() override {
    if (!cluster_) GTEST_SKIP() << "TMS_TEST_POSTGRES_URL is not set";
  }

  /// Connects to the server under a name that is not this machine's. Whether TLS was used; throws
  /// Unavailable.
  static bool connect(const std::string& host, const std::string& options) {
    PostgresDatabase database({.url = "postgresql://postgres@" + host + ":" +
                                      std::to_string(cluster_->port()) +
                                      "/postgres?hostaddr=127.0.0.1" + options,
                               .connections = 1});
    bool tls = false;
    database.read(
        [&](Transaction& transaction) {
          transaction.query(kUsesTls, [&](const Row& row) { tls = row.integer(0) == 1; });
        },
        tests::soon());
    return tls;
  }

  static std::string refusal(const std::string& host, const std::string& options) {
    try {
      connect(host, options);
    } catch (const Unavailable& error) {
      return error.what();
    }
    return "connected";
  }

  static std::string root(const tests::Certificate& certificate) {
    return "&sslrootcert=" + certificate.certificate.string();
  }

  static std::unique_ptr<tests::TemporaryFolder> folder_;
  static std::unique_ptr<tests::PostgresCluster> cluster_;
  static tests::Certificate ours_;
  static tests::Certificate other_;
};

std::unique_ptr<tests::TemporaryFolder> PostgresTls::folder_;
std::unique_ptr<tests::PostgresCluster> PostgresTls::cluster_;
tests::Certificate PostgresTls::ours_;
tests::Certificate PostgresTls::other_;

TEST_F(PostgresTls, postgres_of_the_right_name_and_root_is_used_with_tls) {
  EXPECT_TRUE(connect("db.example", root(ours_)));
}

TEST_F(PostgresTls, postgres_of_another_name_is_refused) {
  EXPECT_THAT(refusal("other.example", root(ours_)),
              testing::HasSubstr("does not match host name"));
}

TEST_F(PostgresTls, postgres_of_another_root_is_refused) {
  EXPECT_THAT(refusal("db.example", root(other_)), testing::HasSubstr("certificate verify failed"));
}

TEST_F(PostgresTls, postgres_that_is_not_this_machine_is_checked_without_being_asked_to) {
  EXPECT_THAT(refusal("db.example", ""), testing::HasSubstr("certificate verify failed"));
}

}  // namespace
}  // namespace tms::db
