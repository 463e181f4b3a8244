"""Subjects: one row for each person, household, organisation and parcel, whatever register holds it."""
