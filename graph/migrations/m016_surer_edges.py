"""Plain edges rest on claims that are surer than they had to be."""

from graph.migrations.m008_sure_edges import apply as apply
