using System.Globalization;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await DataExport.Silo.Hosting.SiloHost.RunAsync(args);
