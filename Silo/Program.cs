using System.Globalization;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await DataExport.Silo.Hosting.SiloHost.RunAsync(args);
