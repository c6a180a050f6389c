await DataExport.Silo.Hosting.SiloHost.RunAsync(args);
