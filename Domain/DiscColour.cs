namespace ConnectFour.Domain;

/// <summary>The palette. Its colours differ in lightness too, so that colour-blind people can tell a pair apart.</summary>
public enum DiscColour
{
    Red,
    Yellow,
    Blue,
    Orange,
    Purple,
    Green,
    White,
    Black,
}

public static class DiscColourExtensions
{
    extension(DiscColour colour)
    {
        /// <summary>The colour of the palette that is easiest to tell from this one; the counterpart of the counterpart is the colour itself.</summary>
        public DiscColour Counterpart => colour switch
        {
            DiscColour.Red => DiscColour.Yellow,
            DiscColour.Yellow => DiscColour.Red,
            DiscColour.Blue => DiscColour.Orange,
            DiscColour.Orange => DiscColour.Blue,
            DiscColour.Purple => DiscColour.Green,
            DiscColour.Green => DiscColour.Purple,
            DiscColour.White => DiscColour.Black,
            DiscColour.Black => DiscColour.White,
        };
    }
}
