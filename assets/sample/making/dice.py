"""Random numbers that come out the same on every computer: integers only, no libm."""

import hashlib

MASK = (1 << 64) - 1


class Dice:
    """SplitMix64, seeded by a sentence. Each subject throws its own dice, so that a change to one file moves no other."""

    def __init__(self, subject):
        self.state = int.from_bytes(hashlib.sha256(("Bakery Mueller/" + subject).encode()).digest()[:8], "big")

    def share(self):
        """At least 0, less than 1."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return ((z ^ (z >> 31)) >> 11) / (1 << 53)

    def normal(self):
        """About normal with mean 0 and deviation 1: twelve throws, added up."""
        return sum(self.share() for _ in range(12)) - 6.0

    def below(self, n):
        """A whole number from 0 to n - 1."""
        return int(self.share() * n)

    def pick(self, things):
        return things[self.below(len(things))]

    def sample(self, things, n):
        """n different ones, in their old order."""
        left = list(range(len(things)))
        chosen = sorted(left.pop(self.below(len(left))) for _ in range(n))
        return [things[i] for i in chosen]
