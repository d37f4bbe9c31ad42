"""The crowd of `entraide demo --members N --ads N`: as many members and ads as a large community has, all generated."""
