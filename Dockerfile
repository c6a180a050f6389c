# syntax=docker/dockerfile:1
# The silo for clusters: the Orleans build. deploy/k8s runs it.
ARG DOTNET_IMAGES=mcr.microsoft.com/dotnet

FROM ${DOTNET_IMAGES}/sdk:10.0 AS build
ARG GRAIN_RUNTIME=Orleans
WORKDIR /source
COPY . .
RUN dotnet publish Silo/Silo.csproj -c Release -o /app -p:GrainRuntime=${GRAIN_RUNTIME}

# No shell, no package manager, no root. "Extra" is ICU, which SQL Server's client asks for.
FROM ${DOTNET_IMAGES}/aspnet:10.0-noble-chiseled-extra AS silo
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_URLS=http://+:8080 \
    DataExport__Silo__DataDirectory=/data \
    DOTNET_GCgen0size=0x4000000
# The user that .NET's images bring along, by number: Kubernetes cannot tell of a name that it is not root.
USER 1654:1654
EXPOSE 8080 11111 30000
ENTRYPOINT ["dotnet", "DataExport.Silo.dll"]
