#include "backend/hosts/lambda/service_clients.h"

#include <stdexcept>

namespace tms::lambda {

std::unique_ptr<aws::ServiceClient> make_service_client(const FunctionContext& context,
                                                        std::string_view service,
                                                        const std::string& endpoint) {
  const auto address = aws::Endpoint::parse(endpoint);
  if (!address)
    throw std::runtime_error("the endpoint of " + std::string(service) + " is no address");
  return std::make_unique<aws::ServiceClient>(
      aws::ServiceClient::Settings{*address, std::string(service), context.settings.region,
                                   context.settings.ca_file},
      context.credentials, context.clock);
}

}  // namespace tms::lambda
