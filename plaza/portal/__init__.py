"""Portal: pages that show several domains at once: home, a city, a person, the workspace's front page."""
