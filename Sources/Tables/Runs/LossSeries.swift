// Which series is the loss: the names that software gives it, in the order in which they are taken.

/// The choice of the series that is the loss of every run.
public struct LossSeries: Hashable, Sendable {
    /// The names that were asked for, or those that are looked for.
    public let names: [String]
    public let wasAsked: Bool

    /// Names of held-out losses, looked for first: laws are about them, and they are less noisy.
    public static let heldOut = [
        "eval/loss", "eval_loss", "val/loss", "val_loss", "validation/loss", "validation_loss", "valid/loss",
        "valid_loss",
        "validation/lm loss", "Loss/val", "loss/val", "held_out", "test/loss", "test_loss",
    ]
    /// Names of training losses.
    public static let training = [
        "train/loss", "train_loss", "training_loss", "lm loss", "lm-loss-training/lm loss",
        "loss_metrics/global_avg_loss", "Loss/train", "loss/train", "train/loss_step", "train_loss_step", "loss",
    ]

    /// - Parameter asked: a name, or several that stand for one another in different runs. Nil takes held-out losses where
    ///   as many runs have one as have a training loss, else training losses, else the one series that speaks of a loss.
    public init(asked: [String]?, in logs: [RunLog]) {
        wasAsked = asked != nil
        if let asked {
            names = asked
            return
        }
        let withSeries = logs.filter { !$0.series.isEmpty }
        func count(_ names: [String]) -> Int {
            withSeries.count { log in log.series.contains { names.contains($0.name) } }
        }
        let (heldOut, training) = (count(Self.heldOut), count(Self.training))
        if max(heldOut, training) > 0 {
            let list = heldOut >= training ? Self.heldOut : Self.training
            let met = Set(withSeries.flatMap { log in log.series.map(\.name) })
            names = list.filter(met.contains)
            return
        }
        var spoken: [String] = []
        for log in withSeries {
            for series in log.series where series.name.lowercased().contains("loss") && !spoken.contains(series.name)
            {
                spoken.append(series.name)
            }
        }
        if spoken.count == 1 || !withSeries.isEmpty {
            names = spoken.count == 1 ? spoken : []
        } else {
            // Summaries alone: whatever they call a loss.
            let known = Set(logs.flatMap { log in log.settings.map(\.key) })
            names = (Self.heldOut + Self.training).filter(known.contains)
        }
    }

    /// The series of a run that is its loss.
    public func series(of log: RunLog) -> RunLog.Series? {
        for name in names {
            if let series = log.series.first(where: { $0.name == name }) { return series }
        }
        return nil
    }
}
