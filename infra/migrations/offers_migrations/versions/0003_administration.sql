-- Administration: what operators and the command line need.
SELECT 1;
