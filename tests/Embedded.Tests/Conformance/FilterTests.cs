using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Embedded.Tests;

/// <summary>Filters of a silo, and a grain that filters its own calls.</summary>
public sealed class FilterTests
{
    [Fact]
    public async Task Filters_RunInTheOrderTheyWereAdded_ThenTheGrain_ThenTheMethod()
    {
        await using var cluster = await GrainCluster.StartAsync(silo =>
        {
            silo.AddIncomingGrainCallFilter<RecordingFilter>();
            silo.AddIncomingGrainCallFilter(OnFilteredGrains(async (context, signals) =>
            {
                signals.Record("delegate in");
                await context.Invoke();
                signals.Record("delegate out");
            }));
        });

        (await Grain(cluster).EchoAsync("hello")).ShouldBe("hello");

        Signals(cluster).Events.ShouldBe(
            ["class in", "delegate in", "grain in", "echo hello", "grain out", "delegate out", "class out"]);
    }

    [Fact]
    public async Task Filter_SeesEveryShapeOfCall_AndLetsItsResultThrough()
    {
        await using var cluster = await GrainCluster.StartAsync(
            static silo => silo.AddIncomingGrainCallFilter<RecordingFilter>());

        (await Grain(cluster).AddAsync(40, 2)).ShouldBe(42);
        await Grain(cluster).DoAsync("it");
        await Grain(cluster).TellAsync("it");
        await Signals(cluster).WaitAsync("tell it");

        Signals(cluster).Events.Count(one => one == "class in").ShouldBe(3);
        Signals(cluster).Events.ShouldContain("do it");
    }

    [Fact]
    public async Task Filter_MayReplaceTheResult_OrSetOneInPlaceOfTheMethod()
    {
        await using var cluster = await GrainCluster.StartAsync(silo => silo.AddIncomingGrainCallFilter(
            OnFilteredGrains(async (context, _) =>
            {
                if (context.MethodName == nameof(IFilteredGrain.AddAsync))
                {
                    context.Result = -1;
                    return;
                }

                await context.Invoke();
                context.Result = $"{context.Result}, replaced";
            })));

        (await Grain(cluster).EchoAsync("hello")).ShouldBe("hello, replaced");
        (await Grain(cluster).AddAsync(40, 2)).ShouldBe(-1);
        Signals(cluster).Events.ShouldBe(["grain in", "echo hello", "grain out"]);
    }

    [Fact]
    public async Task Filter_MayReplaceAnArgument()
    {
        await using var cluster = await GrainCluster.StartAsync(silo => silo.AddIncomingGrainCallFilter(
            OnFilteredGrains((context, _) =>
            {
                context.Request.SetArgument(0, $"{context.Request.GetArgument(0)}!");
                return context.Invoke();
            })));

        (await Grain(cluster).EchoAsync("hello")).ShouldBe("hello!");
    }

    [Fact]
    public async Task Filter_SeesTheException_AndMayReplaceItByAnother_OrByAResult()
    {
        await using var cluster = await GrainCluster.StartAsync(silo => silo.AddIncomingGrainCallFilter(
            OnFilteredGrains(async (context, _) =>
            {
                try
                {
                    await context.Invoke();
                }
                catch (NotToBeDoneException exception) when (exception.Message == "another")
                {
                    throw new InvalidOperationException("in its place");
                }
                catch (NotToBeDoneException exception) when (exception.Message == "result")
                {
                    context.Result = "in its place";
                }
            })));
        var grain = Grain(cluster);

        (await Should.ThrowAsync<NotToBeDoneException>(() => grain.FailAsync("as it is"))).Message.ShouldBe("as it is");
        (await Should.ThrowAsync<InvalidOperationException>(() => grain.FailAsync("another"))).Message
            .ShouldBe("in its place");
        (await grain.FailAsync("result")).ShouldBe("in its place");
    }

    [Fact]
    public async Task Filter_ThatThrows_FailsTheCall_AndTheMethodDoesNotRun()
    {
        await using var cluster = await GrainCluster.StartAsync(silo => silo.AddIncomingGrainCallFilter(
            OnFilteredGrains((_, _) => throw new NotToBeDoneException("by the filter"))));

        (await Should.ThrowAsync<NotToBeDoneException>(() => Grain(cluster).EchoAsync("hello"))).Message
            .ShouldBe("by the filter");
        Signals(cluster).Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Filter_ThatNeitherGoesOnNorSetsAResult_FailsTheCall()
    {
        await using var cluster = await GrainCluster.StartAsync(silo => silo.AddIncomingGrainCallFilter(
            OnFilteredGrains((_, _) => Task.CompletedTask)));

        await Should.ThrowAsync<InvalidOperationException>(() => Grain(cluster).EchoAsync("hello"));
    }

    [Fact]
    public async Task Filter_KnowsTheCall()
    {
        var seen = new List<string>();
        await using var cluster = await GrainCluster.StartAsync(silo => silo.AddIncomingGrainCallFilter(
            OnFilteredGrains((context, _) =>
            {
                if (context.MethodName == nameof(IFilteredGrain.EchoAsync))
                {
                    seen.Add($"{context.SourceId} {context.TargetId} {context.TargetContext.GrainId}");
                    seen.Add($"{context.InterfaceName} {context.InterfaceMethod.DeclaringType!.Name}");
                    seen.Add($"{context.InterfaceMethod.Name} {context.ImplementationMethod.DeclaringType!.Name}");
                    seen.Add($"{context.Request.GetArgument(0)}");
                }

                return context.Invoke();
            })));

        await Grain(cluster).AskAsync("other", "hello");

        seen.ShouldBe(
        [
            "filtered/f filtered/other filtered/other",
            "DataExport.Embedded.Tests.IFilteredGrain IFilteredGrain",
            "EchoAsync FilteredGrain",
            "hello",
        ]);
    }

    [Fact]
    public async Task Grain_ThatFiltersItself_NeedsNoFilterOfTheSilo()
    {
        await using var cluster = await GrainCluster.StartAsync();

        (await Grain(cluster).EchoAsync("hello")).ShouldBe("hello");

        Signals(cluster).Events.ShouldBe(["grain in", "echo hello", "grain out"]);
    }

    private static IncomingGrainCallFilterDelegate OnFilteredGrains(
        Func<IIncomingGrainCallContext, Signals, Task> filter) =>
        context => context.Grain is FilteredGrain
            ? filter(context, context.TargetContext.ActivationServices.GetRequiredService<Signals>())
            : context.Invoke();

    private static IFilteredGrain Grain(GrainCluster cluster) => cluster.Grains.GetGrain<IFilteredGrain>("f");

    private static Signals Signals(GrainCluster cluster) => cluster.Services.GetRequiredService<Signals>();
}
