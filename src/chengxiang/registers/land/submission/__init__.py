"""The submission package (汇交成果, NY/T 2539): layout, reading, checking, comparing, writing.

Pure Arrow and Shapely; knows no Django.
"""
