"""The first hour: from nothing, or from an export, to a repository with a draft of an agreement."""
