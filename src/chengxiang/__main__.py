"""`python -m chengxiang`: the command line."""

from chengxiang.site.cli import main

main()
