"""What goes on in a run, for those who watch it: profiles of results, drift, logs, meters, the history of runs and the page of a run."""
