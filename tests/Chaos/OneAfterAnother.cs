using Xunit.Sdk;
using Xunit.v3;

// Each has as many servers and clients as the machine can bear.
[assembly: Parallelization(Mode = ParallelMode.None)]
