"""The people, ads and conversations of `entraide demo`: a site to try before there is a community."""
