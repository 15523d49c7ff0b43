"""A community that lives, made from a seed: what `milieu demo` builds and the tests and measurements stand on.

It lives only through actions. `building` puts it together; `figures` says where its numbers come from.
"""

from milieu.demo.building import Built, build
from milieu.demo.sign_ins import SignInLine

__all__ = ["Built", "SignInLine", "build"]
