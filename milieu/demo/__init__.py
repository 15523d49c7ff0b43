"""A community that lives, made from a seed: what `milieu demo` builds and the tests and measurements stand on."""

from milieu.demo.building import Built, SignInLine, build

__all__ = ["Built", "SignInLine", "build"]
