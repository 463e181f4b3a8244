"""Chengxiang (城乡): one register, many services, one question: is the gap closing?"""
