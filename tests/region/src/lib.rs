//! iJw met het protocol van Jeugdregio Waterrijk (verzonnen) erbij: alles wat de crate `regelwerk`
//! ook heeft, en `WATERRIJK-2026` onder de protocollen.

regelwerk_kernel::library!();

/// Waarmee de regio over berichten oordeelt: de standaard, en haar protocol daarnaast.
#[must_use]
pub fn regional() -> Context {
    context().protocol(ProtocolChoice::Named("WATERRIJK-2026".to_owned()))
}
