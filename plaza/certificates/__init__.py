"""Certificates: who stayed long enough gets one, with a code that anyone can verify; and courses, as their modules are
completed. Who came belongs to attendance, who has a place to registration."""
