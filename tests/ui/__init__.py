"""Tests of the screens: by what a person does and sees."""
