import Traffic

extension CommandContext {
  /// Sends messages in parts until all ways of cutting were tried.
  func shake(_ order: ShakeOrder) -> Result<Void, CommandFailure> {
    let shake = Shake(order, self)
    let isFree = runner.shaking.withLock { newest in
      if newest?.state.isOver == false { return false }
      newest = shake
      return true
    }
    return isFree ? shake.perform() : .failure(.refused("something is shaken already"))
  }
}
