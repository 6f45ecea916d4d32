#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace tms::core {

template <class Signature>
class FunctionRef;

/// A view of a callable that outlives the call: no allocation, no ownership (as in P0792).
template <class R, class... Args>
class FunctionRef<R(Args...)> {
 public:
  // Implicit, as string_view is. The constraint keeps it from hiding the copy constructor; the const
  // of a callable comes back in its type when it is called.
  // NOLINTBEGIN(google-explicit-constructor,bugprone-forwarding-reference-overload,cppcoreguidelines-pro-type-const-cast)
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef> &&
           std::is_invocable_r_v<R, F&, Args...>) FunctionRef(F&& callable)
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))),
        invoke_([](void* object, Args... args) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<Args>(args)...);
        }) {}
  // NOLINTEND(google-explicit-constructor,bugprone-forwarding-reference-overload,cppcoreguidelines-pro-type-const-cast)

  R operator()(Args... args) const { return invoke_(object_, std::forward<Args>(args)...); }

 private:
  void* object_;
  R (*invoke_)(void*, Args...);
};

}  // namespace tms::core
