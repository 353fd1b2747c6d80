"""Mentions of money that are planned, given or spent, with what they measure, whose they are and what they rest on."""
